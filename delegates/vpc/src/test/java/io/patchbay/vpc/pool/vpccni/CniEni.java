package io.patchbay.vpc.pool.vpccni;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An interface in ipamd's store, with the addresses of each of its CIDRs.
record CniEni(String id, boolean primary, Instant created, Map<Cidr, List<InetAddress>> cidrs) {
    CniEni(String id, boolean primary, Instant created) {
        this(id, primary, created, new LinkedHashMap<>());
    }

    void add(List<Cidr> blocks) {
        blocks.forEach(block -> cidrs.put(block, block.addresses().toList()));
    }

    List<InetAddress> addresses() {
        return cidrs.values().stream().flatMap(List::stream).toList();
    }

    int total() {
        return cidrs.values().stream().mapToInt(List::size).sum();
    }
}
