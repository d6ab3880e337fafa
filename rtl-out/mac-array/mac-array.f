MacLane.v
MacArray.v
