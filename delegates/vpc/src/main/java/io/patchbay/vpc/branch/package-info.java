/// Security groups for pods, as the node sees them: pods whose address is that of a branch
/// interface on the node's trunk.
@NullMarked
package io.patchbay.vpc.branch;

import org.jspecify.annotations.NullMarked;
