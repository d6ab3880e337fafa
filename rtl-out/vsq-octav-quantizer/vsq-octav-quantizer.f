LargestMagnitude.v
OctavPass.v
OctavFraction.v
VectorThresholds.v
ThresholdSearch.v
VsqQuantizer.v
VsqOctavQuantizer.v
