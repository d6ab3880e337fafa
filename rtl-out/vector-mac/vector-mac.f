VectorMac.v
