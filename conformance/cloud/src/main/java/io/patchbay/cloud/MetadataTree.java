package io.patchbay.cloud;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What one instance may read about itself, by path below `/latest/meta-data/`. Source: EC2 user
/// guide, "Instance metadata categories".
record MetadataTree(Map<String, String> leaves) {
    private static final String VPC = "vpc-00000000000000001";
    private static final String GROUP = "sg-00000000000000001";

    static MetadataTree of(SimulatedNode node, Cidr vpc) {
        Map<String, String> leaves = new TreeMap<>();
        leaves.put("instance-id", node.instanceId());
        leaves.put("instance-type", "m5.large");
        leaves.put("local-hostname", node.name());
        leaves.put("local-ipv4", Cidr.text(node.primary().primary()));
        leaves.put("mac", node.primary().mac().toString());
        leaves.put("placement/availability-zone", "eu-central-1a");
        leaves.put("placement/region", "eu-central-1");
        node.enis().forEach(eni -> put(leaves, eni, vpc));
        return new MetadataTree(leaves);
    }

    private static void put(Map<String, String> leaves, SimulatedEni eni, Cidr vpc) {
        String path = "network/interfaces/macs/" + eni.mac() + "/";
        leaves.put(path + "device-number", Integer.toString(eni.device()));
        leaves.put(path + "interface-id", eni.id());
        leaves.put(path + "local-ipv4s", lines(eni.addresses()));
        leaves.put(path + "mac", eni.mac().toString());
        leaves.put(path + "network-card", "0");
        leaves.put(path + "security-group-ids", GROUP);
        leaves.put(path + "subnet-id", eni.subnet().id());
        leaves.put(path + "subnet-ipv4-cidr-block", eni.subnet().cidr().toString());
        leaves.put(path + "vpc-id", VPC);
        leaves.put(path + "vpc-ipv4-cidr-block", vpc.toString());
        leaves.put(path + "vpc-ipv4-cidr-blocks", vpc.toString());
    }

    private static String lines(Collection<InetAddress> addresses) {
        return addresses.stream().map(Cidr::text).collect(Collectors.joining("\n"));
    }

    /// A value, or the names below a path with a slash behind those that have more below them.
    Optional<String> find(String path) {
        String leaf = leaves.get(path);
        if (leaf != null) {
            return Optional.of(leaf);
        }
        String directory = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        TreeSet<String> names = new TreeSet<>();
        leaves.keySet().stream()
                .filter(key -> key.startsWith(directory))
                .map(key -> key.substring(directory.length()))
                .forEach(rest ->
                        names.add(
                                rest.substring(0, rest.indexOf('/') + 1)
                                        + (rest.indexOf('/') < 0 ? rest : "")));
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", names));
    }
}
