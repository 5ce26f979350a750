package io.patchbay.vpc.branch;

import io.patchbay.spi.cni.AttachmentId;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.pod.PodRef;
import java.util.List;

/// A branch on disk, under the name of its link: so no crash can give one VLAN two pods. It is all
/// that DEL needs beside the kernel, whatever the settings have become.
public record BranchNote(
        AttachmentId owner,
        PodRef pod,
        Enforcement enforcement,
        String eni,
        String mac,
        String trunk,
        int trunkLink,
        int vlan,
        int table,
        int link,
        int group,
        int hostLink,
        String hostName,
        int podLink,
        List<WayNote> ways) {
    /// An address and its router.
    public record WayNote(String address, String gateway) {
        static WayNote of(Way way) {
            return new WayNote(Cidr.text(way.address()), Cidr.text(way.gateway()));
        }

        Way way() {
            return new Way(Cidr.address(address), Cidr.address(gateway));
        }
    }

    public BranchNote {
        ways = List.copyOf(ways);
    }

    static BranchNote of(Branch branch) {
        return new BranchNote(
                branch.owner(),
                branch.pod(),
                branch.enforcement(),
                branch.eni(),
                branch.mac().toString(),
                branch.trunk().toString(),
                branch.trunkLink(),
                branch.vlan(),
                branch.table(),
                branch.link(),
                branch.group(),
                branch.hostLink(),
                branch.hostName(),
                branch.podLink(),
                branch.ways().stream().map(WayNote::of).toList());
    }

    Branch branch() {
        return new Branch(
                owner,
                pod,
                enforcement,
                eni,
                MacAddress.parse(mac),
                MacAddress.parse(trunk),
                trunkLink,
                vlan,
                table,
                link,
                group,
                hostLink,
                hostName,
                podLink,
                ways.stream().map(WayNote::way).toList());
    }
}
