LargestMagnitude.v
VectorReciprocal.v
ReciprocalCode.v
VsqQuantizer.v
