/// Network functions over DPDK, each a verb: `run VERB [OPTIONS] [-- EAL ARGUMENTS]`.
@NullMarked
package io.patchbay.examples.dpdk;

import org.jspecify.annotations.NullMarked;
