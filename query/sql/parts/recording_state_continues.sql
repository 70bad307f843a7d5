State.1 >= Earlier.2.1
