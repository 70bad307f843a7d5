State.1 >= Earlier.2.1
            AND arrayAll(n -> n >= 0, arrayReduce('sumMap', [State.2, Earlier.2.2], [State.3, arrayMap(n -> -n, Earlier.2.3)]).2)
