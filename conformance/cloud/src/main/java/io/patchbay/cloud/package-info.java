/// A VPC that needs no account: its state, its packets, its instance metadata.
@NullMarked
package io.patchbay.cloud;

import org.jspecify.annotations.NullMarked;
