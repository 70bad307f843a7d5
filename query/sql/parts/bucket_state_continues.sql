State.1 >= Earlier.2.1 AND State.3 = Earlier.2.3 AND arrayAll((n, m) -> n >= m, State.2, Earlier.2.2)
