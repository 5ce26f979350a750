package io.patchbay.cloud.controller.aws;

import io.patchbay.cloud.controller.Ec2.Association;
import io.patchbay.cloud.controller.Ec2.Attached;
import io.patchbay.cloud.controller.Ec2.Eni;
import io.patchbay.cloud.controller.Ec2.Machine;
import io.patchbay.cloud.controller.Ec2.Subnet;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceIpv6Address;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TrunkInterfaceAssociation;

/// What EC2 describes, as it is known here.
final class Described {
    private Described() {}

    static Eni eni(NetworkInterface eni) {
        return new Eni(
                eni.networkInterfaceId(),
                eni.interfaceTypeAsString(),
                eni.macAddress(),
                eni.privateIpAddress(),
                eni.ipv6Addresses().stream()
                        .map(NetworkInterfaceIpv6Address::ipv6Address)
                        .findFirst(),
                eni.subnetId(),
                eni.groups().stream().map(GroupIdentifier::groupId).toList(),
                eni.tagSet().stream().collect(Collectors.toMap(Tag::key, Tag::value)),
                Optional.ofNullable(eni.attachment())
                        .filter(at -> at.instanceId() != null)
                        .map(Described::attached));
    }

    private static Attached attached(NetworkInterfaceAttachment at) {
        return new Attached(
                at.attachmentId(), at.instanceId(), at.deviceIndex(), at.deleteOnTermination());
    }

    static Association association(TrunkInterfaceAssociation association) {
        return new Association(
                association.associationId(),
                association.branchInterfaceId(),
                association.trunkInterfaceId(),
                association.vlanId());
    }

    static Machine machine(Instance instance) {
        return new Machine(
                instance.instanceId(),
                instance.instanceTypeAsString(),
                instance.subnetId(),
                instance.securityGroups().stream().map(GroupIdentifier::groupId).toList(),
                instance.networkInterfaces().stream()
                        .map(InstanceNetworkInterface::attachment)
                        .filter(at -> Optional.ofNullable(at.networkCardIndex()).orElse(0) == 0)
                        .map(at -> at.deviceIndex())
                        .toList());
    }

    static Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet subnet) {
        return new Subnet(
                subnet.subnetId(),
                subnet.cidrBlock(),
                subnet.ipv6CidrBlockAssociationSet().stream()
                        .map(SubnetIpv6CidrBlockAssociation::ipv6CidrBlock)
                        .findFirst());
    }
}
