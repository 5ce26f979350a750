package io.patchbay.vpc;

import io.patchbay.spi.Meters;
import io.patchbay.spi.Table;
import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.pod.PodRef;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Family;
import io.patchbay.vpc.plumbing.EniLink;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Holding;
import io.patchbay.vpc.pool.Pool;
import io.patchbay.vpc.pool.Pool.State;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The pool as an operator sees it: tables and gauges.
record PoolView(Addresses addresses, InstantSource clock) {
    private static final String NONE = "-";

    void meter(Meters meters) {
        for (Family family : Family.values()) {
            for (State state : State.values()) {
                meters.gauge(
                        family == Family.IPV4 ? "addresses" : "ipv6_addresses",
                        () -> addresses.pool().only(family).count(state, clock.instant()),
                        "state",
                        name(state));
            }
        }
        meters.gauge("waiting", addresses::waiting);
        meters.gauge("given_early", addresses::early);
    }

    /// @param unmanaged the addresses of interfaces that are not the pool's; told where there are
    ///   any
    List<Table> tables(List<EniLink> links, Pool unmanaged) {
        Pool pool = addresses.pool();
        Instant now = clock.instant();
        List<Table> tables = new ArrayList<>();
        tables.add(enis(pool.only(Family.IPV4), links, now));
        tables.add(addresses("addresses", pool, now));
        tables.add(blocks(pool, now));
        Table others = addresses("unmanaged", unmanaged, now);
        if (!others.rows().isEmpty()) {
            tables.add(others);
        }
        return tables;
    }

    private static Table enis(Pool pool, List<EniLink> links, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        for (EniLink link : links) {
            Eni eni = link.eni().only(Family.IPV4);
            rows.add(
                    List.of(
                            eni.id(),
                            link.name(),
                            eni.mac().toString(),
                            "%d/%d".formatted(eni.card(), eni.device()),
                            Integer.toString(eni.table()),
                            Cidr.text(eni.primary()),
                            eni.subnet().toString(),
                            eni.config().isNode() ? NONE : eni.config().key(),
                            ipv6(link.eni()),
                            Long.toString(prefixes(eni)),
                            Integer.toString(eni.addresses().size()),
                            Long.toString(pool.count(eni, State.ASSIGNED, now)),
                            Long.toString(pool.count(eni, State.COOLING, now)),
                            Long.toString(pool.count(eni, State.FREE, now))));
        }
        return new Table(
                "interfaces",
                List.of(
                        "INTERFACE",
                        "LINK",
                        "MAC",
                        "CARD/DEVICE",
                        "TABLE",
                        "PRIMARY",
                        "SUBNET",
                        "MADE FOR",
                        "IPV6",
                        "PREFIXES",
                        "ADDRESSES",
                        "ASSIGNED",
                        "COOLING",
                        "FREE"),
                rows);
    }

    private static String ipv6(Eni eni) {
        List<Cidr> blocks = eni.only(Family.IPV6).blocks();
        return blocks.isEmpty()
                ? NONE
                : blocks.stream().map(Cidr::toString).collect(Collectors.joining(","));
    }

    private static long prefixes(Eni eni) {
        return eni.blocks().stream()
                .filter(block -> !block.equals(Cidr.host(block.address())))
                .count();
    }

    /// The prefixes and single addresses as EC2 has assigned them.
    private static Table blocks(Pool pool, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        for (Eni eni : pool.enis()) {
            for (Cidr block : eni.blocks()) {
                rows.add(
                        List.of(
                                block.toString(),
                                eni.id(),
                                count(pool, block, State.ASSIGNED, now),
                                count(pool, block, State.COOLING, now),
                                count(pool, block, State.FREE, now)));
            }
        }
        return new Table(
                "blocks", List.of("BLOCK", "INTERFACE", "ASSIGNED", "COOLING", "FREE"), rows);
    }

    private static String count(Pool pool, Cidr block, State state, Instant now) {
        return Long.toString(pool.count(block, state, now));
    }

    /// Every address of IPv4 of an interface, and all others that pods have or had.
    private static Table addresses(String title, Pool pool, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        for (Eni eni : pool.enis()) {
            eni.only(Family.IPV4)
                    .addresses()
                    .forEach(address -> rows.add(row(pool, eni.id(), address, now)));
        }
        pool.holdings().values().stream()
                .filter(holding ->
                        pool.only(Family.IPV4).enis().stream()
                                .noneMatch(eni -> eni.has(holding.address())))
                .forEach(holding -> rows.add(row(pool, holding.eni(), holding.address(), now)));
        return new Table(
                title,
                List.of(
                        "ADDRESS",
                        "INTERFACE",
                        "STATE",
                        "POD",
                        "CONTAINER",
                        "IFNAME",
                        "NETWORK",
                        "UNTIL"),
                rows);
    }

    private static List<String> row(Pool pool, String eni, InetAddress address, Instant now) {
        State state = pool.state(address, now);
        Optional<Holding> holding =
                pool.find(address).filter(held -> state != State.FREE && state != State.FOREIGN);
        Optional<AttachmentId> owner = holding.map(Holding::owner);
        return List.of(
                Cidr.text(address),
                eni.isEmpty() ? NONE : eni,
                name(state),
                holding.flatMap(Holding::pod).map(PodRef::toString).orElse(NONE),
                owner.map(AttachmentId::containerId).orElse(NONE),
                owner.map(AttachmentId::ifName).orElse(NONE),
                owner.map(AttachmentId::network).orElse(NONE),
                holding.flatMap(Holding::coolsUntil).map(Instant::toString).orElse(NONE));
    }

    private static String name(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
