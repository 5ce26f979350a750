package io.patchbay.cloud.vpc;

import io.patchbay.cloud.vpc.Attachments.Place;
import io.patchbay.cloud.vpc.NetworkInterface.Attachment;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Machines come, with their primary interface, and go.
public final class Instances {
    private Instances() {}

    /// @param primary its first interface, in whose subnet's zone the machine is
    public static Outcome<Instance> run(
            Vpc vpc,
            String name,
            String type,
            Creation primary,
            Map<String, String> tags,
            Choice choice,
            Instant now) {
        String zone = vpc.getSubnet(primary.subnet()).zone();
        Instance instance =
                new Instance(choice.id("i"), name, InstanceTypes.get(type).name(), zone, tags);
        Outcome<NetworkInterface> created = Interfaces.create(vpc.with(instance), primary, choice);
        NetworkInterface eni = created.value();
        Outcome<Attachment> attached =
                Attachments.attach(
                        created.vpc(), eni.id(), new Place(instance.id(), 0, 0), choice, now);
        Attachment stays = attached.value().withDeleteOnTermination(true);
        return new Outcome<>(attached.vpc().with(eni.withAttachment(Optional.of(stays))), instance);
    }

    /// Its interfaces go with it that are to, and become available else; its trunk's branches lose
    /// their association.
    public static Vpc terminate(Vpc vpc, String id) {
        vpc.getInstance(id);
        Vpc rest = vpc;
        for (NetworkInterface eni : vpc.attachedTo(id)) {
            for (NetworkInterface other : vpc.interfaces().values()) {
                if (other.association().filter(at -> at.trunk().equals(eni.id())).isPresent()) {
                    rest = rest.with(other.withAssociation(other.kind(), Optional.empty()));
                }
            }
            rest =
                    eni.attachment().orElseThrow().deleteOnTermination()
                            ? rest.withoutInterface(eni.id())
                            : rest.with(eni.withAttachment(Optional.empty()));
        }
        return rest.withoutInstance(id);
    }
}
