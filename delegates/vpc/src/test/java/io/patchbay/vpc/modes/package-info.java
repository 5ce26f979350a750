/// The ways in which pods are in the VPC, as one table: of it come the matrix test, the test of
/// what goes together, and the table of the README.
@NullMarked
package io.patchbay.vpc.modes;

import org.jspecify.annotations.NullMarked;
