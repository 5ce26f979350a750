/// nftables through libnftables.
@NullMarked
package io.patchbay.kernel.nft;

import org.jspecify.annotations.NullMarked;
