/// Sources of addresses: host-local and static in process, foreign IPAM binaries by exec.
@NullMarked
package io.patchbay.meta.ipam;

import org.jspecify.annotations.NullMarked;
