package io.patchbay.cloud.controller;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// EC2, as far as it is needed here. A call that is refused, or whose outcome is not known, is an
/// {@link Ec2Failure}; each is made once.
public interface Ec2 extends AutoCloseable {
    /// An interface.
    ///
    /// @param type such as `trunk`
    /// @param groups security groups
    /// @param attached where, for one that is
    record Eni(
            String id,
            String type,
            String mac,
            String address,
            Optional<String> ipv6,
            String subnet,
            List<String> groups,
            Map<String, String> tags,
            Optional<Attached> attached) {
        public Eni {
            groups = List.copyOf(groups);
            tags = Map.copyOf(tags);
        }

        Eni withGroups(List<String> now) {
            return new Eni(id, type, mac, address, ipv6, subnet, now, tags, attached);
        }
    }

    /// @param id of the attachment
    record Attached(String id, String instance, int device, boolean endsWithInstance) {}

    /// A branch on its trunk.
    record Association(String id, String branch, String trunk, int vlan) {}

    /// An instance.
    ///
    /// @param subnet of its first interface
    /// @param groups of its first interface
    /// @param devices the device indexes in use on its first network card
    record Machine(
            String id, String type, String subnet, List<String> groups, List<Integer> devices) {}

    /// @param ipv6 the block of IPv6, where there is one
    record Subnet(String id, String cidr, Optional<String> ipv6) {}

    /// An interface that is wanted.
    ///
    /// @param token the ClientToken: the same one makes no second interface
    /// @param trunk whether it is to be a trunk
    /// @param ipv6 whether it is to have an address of IPv6 too
    record Creation(
            String token,
            boolean trunk,
            String subnet,
            List<String> groups,
            boolean ipv6,
            Map<String, String> tags) {}

    /// Every trunk there is.
    List<Eni> trunks();

    /// Every interface with a tag of that key.
    List<Eni> tagged(String key);

    /// Of every branch.
    List<Association> associations();

    Machine machine(String instance);

    Subnet subnet(String id);

    Eni create(Creation wanted);

    /// Returns the attachment.
    String attach(String eni, String instance, int device);

    /// Lets an attached interface go with its instance.
    void endWithInstance(String eni, String attachment);

    /// Returns the association.
    String associate(String token, String branch, String trunk, int vlan);

    void setGroups(String eni, List<String> groups);

    void disassociate(String association);

    void delete(String eni);

    @Override
    void close();
}
