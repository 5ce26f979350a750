package io.patchbay.vpc.eni;

import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What each witness says about the interfaces of this node.
///
/// @param metadata empty while instance metadata does not answer
/// @param ec2 what it says is attached; empty while EC2 does not answer
/// @param kernel the MAC addresses of the host's links
/// @param live the addresses that pods have now
/// @param last what was believed before, with what EC2 has assigned since; none where nothing is
///   remembered
/// @param rules by which EC2's word tells whose an interface is
/// @param strangers whether interfaces that EC2 has not told of, now or before, carry pods: where
///   it is never asked. Instance metadata does not know what an interface is tagged with.
public record Sightings(
        Optional<List<Eni>> metadata,
        Optional<List<NetworkInterface>> ec2,
        Set<MacAddress> kernel,
        Set<InetAddress> live,
        List<Eni> last,
        Role.Rules rules,
        boolean strangers) {
    public Sightings {
        metadata = metadata.map(List::copyOf);
        ec2 = ec2.map(List::copyOf);
        kernel = Set.copyOf(kernel);
        live = Set.copyOf(live);
        last = List.copyOf(last);
    }
}
