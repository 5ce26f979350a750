package io.patchbay.meta.ipam;

import io.patchbay.meta.ipam.LeaseFiles.Held;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.CniResult;
import io.patchbay.spi.net.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One address of each set for one attachment, or none at all.
///
/// @param wanted addresses that are asked for
record Allocation(
        AttachmentId id, List<RangeSet> sets, List<InetAddress> wanted, LeaseFiles files) {

    List<CniResult.Ip> run() throws IOException {
        for (InetAddress address : wanted) {
            refuseImpossible(address);
        }
        sets.forEach(this::refuseSeveral);
        List<InetAddress> held = files.heldBy(id).stream().map(Held::address).toList();
        List<InetAddress> taken = new ArrayList<>();
        List<CniResult.Ip> ips = new ArrayList<>();
        try {
            for (RangeSet set : sets) {
                Optional<InetAddress> own = held.stream().filter(set::contains).findFirst();
                InetAddress address = own.isPresent() ? own.get() : take(set, taken);
                ips.add(ip(set, address));
            }
            return ips;
        } catch (IOException | RuntimeException e) {
            giveBack(taken, e);
            throw e;
        }
    }

    private void refuseImpossible(InetAddress address) {
        AddressRange range =
                sets.stream()
                        .flatMap(set -> set.find(address).stream())
                        .findFirst()
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "network %s: address %s is asked for, but in none of %s"
                                                .formatted(
                                                        id.network(), Cidr.text(address), sets)));
        if (!range.isForPods(address)) {
            throw CniException.invalidConfig(
                    "network %s: address %s is asked for, but it is the gateway, an end or excluded in %s"
                            .formatted(id.network(), Cidr.text(address), range));
        }
    }

    // The first would be leased, and the others forgotten.
    private void refuseSeveral(RangeSet set) {
        List<String> asked =
                wanted.stream().filter(set::contains).map(Cidr::text).distinct().toList();
        if (asked.size() > 1) {
            throw CniException.invalidConfig(
                    "network %s: addresses %s are asked for, but of %s an attachment gets one"
                            .formatted(id.network(), String.join(", ", asked), set));
        }
    }

    private InetAddress take(RangeSet set, List<InetAddress> taken) throws IOException {
        Optional<InetAddress> asked = wanted.stream().filter(set::contains).findFirst();
        Iterator<InetAddress> candidates =
                asked.isPresent()
                        ? List.of(asked.get()).iterator()
                        : set.round(files.last(set.number()));
        while (candidates.hasNext()) {
            InetAddress candidate = candidates.next();
            if (files.reserve(set.number(), candidate, id)) {
                taken.add(candidate);
                return candidate;
            }
        }
        throw CniException.tryAgain(
                asked.isPresent()
                        ? "network %s: address %s is asked for, but leased to another"
                                .formatted(id.network(), Cidr.text(asked.get()))
                        : "network %s: no address is free in %s".formatted(id.network(), set));
    }

    private static CniResult.Ip ip(RangeSet set, InetAddress address) {
        AddressRange range = set.find(address).orElseThrow();
        return new CniResult.Ip(
                new Cidr(address, range.subnet().prefix()),
                Optional.of(range.gateway()),
                OptionalInt.empty());
    }

    private void giveBack(List<InetAddress> taken, Exception failure) {
        for (InetAddress address : taken) {
            try {
                files.free(address);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
