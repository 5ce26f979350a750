package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;

/// A part of a subnet that is kept for one purpose. Source: VPC user guide, "Subnet CIDR
/// reservations".
public record Reservation(String id, Cidr cidr, Type type, String description) {
    public enum Type {
        /// Only prefixes are taken from it.
        PREFIX,
        /// Only addresses that a request names are taken from it.
        EXPLICIT
    }
}
