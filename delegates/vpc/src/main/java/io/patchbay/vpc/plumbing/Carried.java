package io.patchbay.vpc.plumbing;

import io.patchbay.spi.net.Cidr;
import io.patchbay.vpc.eni.Family;
import java.util.Optional;

/// What a link carries of a family: one address or none, apart from what is of the link itself
/// (fe80::/10). An image's own scripts put the pods' addresses there, and the host would answer for
/// them.
record Carried(int link, Family family, Optional<Cidr> own) {
    boolean excludes(Cidr found) {
        return Family.of(found) == family
                && !own.equals(Optional.of(found))
                && !(family == Family.IPV6 && found.address().isLinkLocalAddress());
    }
}
