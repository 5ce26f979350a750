package io.patchbay.cloud.imds;

import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.NetworkInterface;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import io.patchbay.cloud.vpc.NetworkInterface.Kind;
import io.patchbay.cloud.vpc.SecurityGroup;
import io.patchbay.cloud.vpc.Subnet;
import io.patchbay.cloud.vpc.Vpc;
import io.patchbay.spi.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What one instance may read about itself, by path below `/latest/`. A key without a value is
/// absent. Source: EC2 user guide, "Instance metadata categories".
record Tree(Map<String, String> leaves) {
    private static final String DATA = "meta-data/";
    private static final String ROLES = DATA + "iam/security-credentials/";

    static Tree of(Vpc vpc, Instance instance, Optional<Credentials> credentials) {
        Tree tree = new Tree(new TreeMap<>());
        List<NetworkInterface> enis = vpc.attachedTo(instance.id());
        tree.instance(instance);
        enis.stream().findFirst().ifPresent(eni -> tree.primary(vpc, instance, eni));
        enis.forEach(eni -> tree.eni(vpc, eni, eni.attachment().orElseThrow()));
        credentials.ifPresent(found -> tree.leaves.put(ROLES + found.role(), found.json()));
        return tree;
    }

    private void instance(Instance instance) {
        leaves.put(DATA + "instance-id", instance.id());
        leaves.put(DATA + "instance-type", instance.type());
        leaves.put(DATA + "local-hostname", instance.name());
        leaves.put(DATA + "placement/availability-zone", instance.zone());
        leaves.put(DATA + "placement/region", region(instance));
    }

    /// A zone is its region and a letter.
    private static String region(Instance instance) {
        return instance.zone().substring(0, instance.zone().length() - 1);
    }

    private void primary(Vpc vpc, Instance instance, NetworkInterface eni) {
        leaves.put(DATA + "local-ipv4", Cidr.text(eni.primary()));
        leaves.put(DATA + "mac", eni.mac().toString());
        put(DATA + "ipv6", addresses(eni, true).limit(1));
        put(DATA + "security-groups", eni.groups().stream().map(group -> name(vpc, group)));
        leaves.put(
                "dynamic/instance-identity/document",
                """
                {
                  "availabilityZone" : "%s",
                  "instanceId" : "%s",
                  "instanceType" : "%s",
                  "privateIp" : "%s",
                  "region" : "%s"
                }\
                """
                        .formatted(
                                instance.zone(),
                                instance.id(),
                                instance.type(),
                                Cidr.text(eni.primary()),
                                region(instance)));
    }

    private static String name(Vpc vpc, String group) {
        return Optional.ofNullable(vpc.groups().get(group)).map(SecurityGroup::name).orElse(group);
    }

    private void eni(Vpc vpc, NetworkInterface eni, Attachment at) {
        String path = DATA + "network/interfaces/macs/" + eni.mac() + "/";
        leaves.put(path + "device-number", Integer.toString(at.device()));
        leaves.put(path + "interface-id", eni.id());
        leaves.put(path + "mac", eni.mac().toString());
        leaves.put(path + "network-card", Integer.toString(at.card()));
        put(path + "security-group-ids", eni.groups().stream());
        put(path + "security-groups", eni.groups().stream().map(group -> name(vpc, group)));
        leaves.put(path + "subnet-id", eni.subnet());
        leaves.put(path + "vpc-id", vpc.id());
        leaves.put(path + "vpc-ipv4-cidr-block", vpc.cidrs().getFirst().toString());
        put(path + "vpc-ipv4-cidr-blocks", blocks(vpc.cidrs(), false));
        put(path + "vpc-ipv6-cidr-blocks", blocks(vpc.cidrs(), true));
        // What is for EFA alone has no address.
        if (eni.kind() != Kind.EFA_ONLY) {
            put(path + "local-ipv4s", addresses(eni, false));
            put(path + "ipv6s", addresses(eni, true));
            put(path + "ipv4-prefix", prefixes(eni, false));
            put(path + "ipv6-prefix", prefixes(eni, true));
        }
        Optional.ofNullable(vpc.subnets().get(eni.subnet()))
                .ifPresent(subnet -> subnet(path, subnet));
    }

    private void subnet(String path, Subnet subnet) {
        leaves.put(path + "subnet-ipv4-cidr-block", subnet.cidr().toString());
        put(path + "subnet-ipv6-cidr-blocks", subnet.ipv6().stream().map(Cidr::toString));
    }

    private static Stream<String> blocks(List<Cidr> cidrs, boolean ipv6) {
        return cidrs.stream().filter(cidr -> cidr.isIpv6() == ipv6).map(Cidr::toString);
    }

    private static Stream<String> addresses(NetworkInterface eni, boolean ipv6) {
        return eni.assigned()
                .filter(block -> block.isIpv6() == ipv6 && isAddress(block))
                .map(block -> Cidr.text(block.address()));
    }

    private static Stream<String> prefixes(NetworkInterface eni, boolean ipv6) {
        return blocks(eni.blocks().stream().filter(block -> !isAddress(block)).toList(), ipv6);
    }

    private static boolean isAddress(Cidr block) {
        return block.equals(Cidr.host(block.address()));
    }

    private void put(String path, Stream<String> lines) {
        String value = lines.collect(Collectors.joining("\n"));
        if (!value.isEmpty()) {
            leaves.put(path, value);
        }
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
