State >= Earlier.2
