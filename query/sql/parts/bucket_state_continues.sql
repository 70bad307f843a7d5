State.1 >= Earlier.2.1 AND State.2 = Earlier.2.2
