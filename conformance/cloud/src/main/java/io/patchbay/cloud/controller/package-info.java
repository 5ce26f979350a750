/// A stand-in for Amazon's VPC resource controller, which EKS runs on its control plane: it gives
/// pods that security group policies select a branch interface on the trunk of their node.
@NullMarked
package io.patchbay.cloud.controller;

import org.jspecify.annotations.NullMarked;
