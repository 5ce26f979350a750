/// The environment that the VPC CNI is configured by.
@NullMarked
package io.patchbay.vpc.env;

import org.jspecify.annotations.NullMarked;
