/// What a VPC knows: subnets, groups, instances, interfaces and who has which address. Values; it
/// touches nothing.
@NullMarked
package io.patchbay.cloud.vpc;

import org.jspecify.annotations.NullMarked;
