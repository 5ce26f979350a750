/// The cloud as a port: what is attached to this node.
@NullMarked
package io.patchbay.vpc.eni;

import org.jspecify.annotations.NullMarked;
