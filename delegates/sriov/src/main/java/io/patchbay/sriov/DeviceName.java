package io.patchbay.sriov;

import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import java.util.Optional;

/// How somebody names a device of the node.
sealed interface DeviceName {
    record OfLink(String name) implements DeviceName {}

    record OfMac(MacAddress mac) implements DeviceName {}

    /// @param key under which it was named, for messages, and the value there
    /// @param place on its bus: a PCI address, or such as `virtio1`
    record OfBus(String key, String value, DeviceId place) implements DeviceName {}

    /// As messages name it: key and value.
    default String told() {
        return switch (this) {
            case OfLink(String name) -> "\"device\" is \"%s\"".formatted(name);
            case OfMac(MacAddress mac) -> "\"hwaddr\" is \"%s\"".formatted(mac);
            case OfBus(String key, String value, _) -> "\"%s\" is \"%s\"".formatted(key, value);
        };
    }

    /// Whether a link on the host is the one, as far as the link itself tells.
    default boolean means(Link link) {
        return switch (this) {
            case OfLink(String name) -> link.name().equals(name) || link.altNames().contains(name);
            case OfMac(MacAddress mac) -> link.mac().equals(Optional.of(mac));
            case OfBus(_, _, DeviceId place) -> link.device().equals(Optional.of(place.value()));
        };
    }

    /// Whether what a pod has was called so on the host.
    default boolean meant(Loan loan) {
        Optional<HostLink> before = loan.link();
        return switch (this) {
            case OfLink(String name) ->
                    before.filter(link ->
                                    link.name().equals(name) || link.altNames().contains(name))
                            .isPresent();
            case OfMac(MacAddress mac) -> before.flatMap(HostLink::mac).equals(Optional.of(mac));
            case OfBus(_, _, DeviceId place) ->
                    loan.device().equals(place)
                            || before.flatMap(HostLink::device).equals(Optional.of(place.value()));
        };
    }
}
