package io.patchbay.vpc;

import io.patchbay.spi.Meters;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.vpc.eni.CloudException;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;

/// Tells people that the pool cannot grow, and that it can again: by a condition of the node, an
/// event, the log and a gauge; once, for as long as the reason is the same. Safe from any thread.
final class Distress {
    static final String CONDITION = "VpcAddressesAvailable";

    private static final System.Logger LOG = System.getLogger(Distress.class.getName());

    private final Cluster cluster;
    private Optional<CloudException> last = Optional.empty();

    Distress(Cluster cluster) {
        this.cluster = cluster;
    }

    void meter(Meters meters) {
        for (CloudException.Reason reason : CloudException.Reason.values()) {
            meters.gauge(
                    "refused",
                    () -> why().filter(e -> e.reason() == reason).isPresent() ? 1 : 0,
                    "reason",
                    reason.name().toLowerCase(Locale.ROOT));
        }
    }

    /// Why the pool could not grow lately, if it could not.
    synchronized Optional<CloudException> why() {
        return last;
    }

    synchronized void refused(CloudException why) {
        boolean known = last.filter(before -> before.reason() == why.reason()).isPresent();
        last = Optional.of(why);
        if (known) {
            return;
        }
        String reason = word(why.reason());
        String sentence = String.valueOf(why.getMessage());
        LOG.log(Level.WARNING, "the pool of addresses cannot be changed: {0}", sentence);
        cluster.event(Optional.empty(), reason, sentence);
        cluster.condition(CONDITION, false, reason, sentence);
    }

    synchronized void over() {
        if (last.isEmpty()) {
            return;
        }
        last = Optional.empty();
        LOG.log(Level.INFO, "the pool of addresses grows again");
        cluster.condition(CONDITION, true, "AddressesAvailable", "the pool of addresses can grow");
    }

    private static String word(CloudException.Reason reason) {
        return switch (reason) {
            case SUBNET_FULL -> "SubnetExhausted";
            case SUBNET_FRAGMENTED -> "SubnetFragmented";
            case THROTTLED -> "Ec2Throttles";
            case SILENT -> "Ec2Unreachable";
            case DENIED -> "Ec2Denies";
            case ENI_FULL, INSTANCE_FULL -> "InstanceFull";
            case NOT_FOUND, BUSY, GARBLED, REFUSED -> "Ec2Refuses";
        };
    }
}
