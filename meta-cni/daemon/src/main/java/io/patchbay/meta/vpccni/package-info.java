/// What comes of a configuration of Amazon's VPC CNI: the environment of its DaemonSet aws-node.
@NullMarked
package io.patchbay.meta.vpccni;

import org.jspecify.annotations.NullMarked;
