/// The packets of a VPC: a namespace that routes between the interfaces of the nodes.
@NullMarked
package io.patchbay.cloud.fabric;

import org.jspecify.annotations.NullMarked;
