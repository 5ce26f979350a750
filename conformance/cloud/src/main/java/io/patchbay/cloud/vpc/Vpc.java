package io.patchbay.cloud.vpc;

import io.patchbay.spi.net.Cidr;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A VPC at one moment. Every change is another one. The maps are by id, in the order of creation.
///
/// @param cidrs the blocks, the first one's first
public record Vpc(
        String id,
        List<Cidr> cidrs,
        SequencedMap<String, Subnet> subnets,
        SequencedMap<String, SecurityGroup> groups,
        SequencedMap<String, Instance> instances,
        SequencedMap<String, NetworkInterface> interfaces) {
    public Vpc {
        cidrs = List.copyOf(cidrs);
        subnets = copy(subnets);
        groups = copy(groups);
        instances = copy(instances);
        interfaces = copy(interfaces);
    }

    /// A VPC with nothing in it.
    public static Vpc of(String id, List<Cidr> cidrs) {
        return new Vpc(
                id,
                cidrs,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    private static <V> SequencedMap<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }

    /// The interfaces that are attached to an instance, by card and device.
    public List<NetworkInterface> attachedTo(String instance) {
        return interfaces.values().stream()
                .filter(eni -> eni.attachedTo(instance).isPresent())
                .sorted(NetworkInterface.BY_DEVICE)
                .toList();
    }

    /// The interface that an address is assigned to, alone or within a prefix.
    public Optional<NetworkInterface> owner(InetAddress address) {
        return interfaces.values().stream().filter(eni -> eni.has(address)).findFirst();
    }

    /// Whether an address belongs to one of the blocks.
    public boolean contains(InetAddress address) {
        return cidrs.stream().anyMatch(cidr -> cidr.contains(address));
    }

    /// What is not there is refused as EC2 refuses it, as below.
    public NetworkInterface getInterface(String eni) {
        return get(interfaces, eni, "eni-", "InvalidNetworkInterfaceID", "networkInterface ID");
    }

    public Subnet getSubnet(String subnet) {
        return get(subnets, subnet, "subnet-", "InvalidSubnetID", "subnet ID");
    }

    public SecurityGroup getGroup(String group) {
        return get(groups, group, "sg-", "InvalidGroup", "security group");
    }

    public Instance getInstance(String instance) {
        return get(instances, instance, "i-", "InvalidInstanceID", "instance ID");
    }

    /// The interface that has an attachment.
    public NetworkInterface getAttached(String attachment) {
        return interfaces.values().stream()
                .filter(eni ->
                        eni.attachment().filter(at -> at.id().equals(attachment)).isPresent())
                .findFirst()
                .orElseThrow(() ->
                        new Ec2Refusal(
                                "InvalidAttachmentID.NotFound",
                                "The attachment ID '%s' does not exist".formatted(attachment)));
    }

    private static <V> V get(
            Map<String, V> map, String id, String prefix, String code, String name) {
        if (!id.startsWith(prefix)) {
            throw new Ec2Refusal(
                    code + ".Malformed",
                    "Invalid id: \"%s\" (expecting \"%s...\")".formatted(id, prefix));
        }
        V found = map.get(id);
        if (found == null) {
            throw new Ec2Refusal(
                    code + ".NotFound", "The %s '%s' does not exist".formatted(name, id));
        }
        return found;
    }

    /// How many addresses of a subnet nobody has.
    public int free(Subnet subnet) {
        return Space.of(this, subnet).free();
    }

    public Vpc with(NetworkInterface eni) {
        return new Vpc(id, cidrs, subnets, groups, instances, with(interfaces, eni.id(), eni));
    }

    public Vpc withoutInterface(String eni) {
        SequencedMap<String, NetworkInterface> rest = new LinkedHashMap<>(interfaces);
        rest.remove(eni);
        return new Vpc(id, cidrs, subnets, groups, instances, rest);
    }

    public Vpc with(Subnet subnet) {
        return new Vpc(
                id, cidrs, with(subnets, subnet.id(), subnet), groups, instances, interfaces);
    }

    public Vpc with(SecurityGroup group) {
        return new Vpc(id, cidrs, subnets, with(groups, group.id(), group), instances, interfaces);
    }

    public Vpc with(Instance instance) {
        return new Vpc(
                id, cidrs, subnets, groups, with(instances, instance.id(), instance), interfaces);
    }

    public Vpc withoutInstance(String instance) {
        SequencedMap<String, Instance> rest = new LinkedHashMap<>(instances);
        rest.remove(instance);
        return new Vpc(id, cidrs, subnets, groups, rest, interfaces);
    }

    private static <V> SequencedMap<String, V> with(
            SequencedMap<String, V> map, String key, V value) {
        SequencedMap<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
