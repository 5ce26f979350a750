/// The kernel as a port: namespaces, rtnetlink, nft, sysctl. It knows no CNI.
@NullMarked
package io.patchbay.spi.net;

import org.jspecify.annotations.NullMarked;
