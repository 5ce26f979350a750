package io.patchbay.vpc;

import io.patchbay.spi.Meters;
import io.patchbay.spi.pod.Cluster;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.EniConfig;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Tells people that the pool cannot grow, and that it can again: by a condition of the node, an
/// event, the log and a gauge; once, for as long as the reason is the same. Safe from any thread.
final class Distress {
    static final String CONDITION = "VpcAddressesAvailable";

    private static final System.Logger LOG = System.getLogger(Distress.class.getName());

    private final Cluster cluster;
    private final Standing standing;
    private final Map<EniConfig, CloudException> last = new HashMap<>();

    /// @param standing what most pods get their addresses of: the node's condition is about that
    Distress(Cluster cluster, Standing standing) {
        this.cluster = cluster;
        this.standing = standing;
    }

    void meter(Meters meters) {
        for (CloudException.Reason reason : CloudException.Reason.values()) {
            meters.gauge(
                    "refused",
                    () -> count(reason),
                    "reason",
                    reason.name().toLowerCase(Locale.ROOT));
        }
    }

    private synchronized long count(CloudException.Reason reason) {
        return last.values().stream().filter(e -> e.reason() == reason).count();
    }

    /// Why there could not be more of some interfaces or their addresses lately, if that was so.
    synchronized Optional<CloudException> why(EniConfig config) {
        return Optional.ofNullable(last.get(config));
    }

    synchronized void refused(EniConfig config, CloudException why) {
        CloudException before = last.put(config, why);
        if (before != null && before.reason() == why.reason()) {
            return;
        }
        String reason = word(why.reason());
        String sentence = String.valueOf(why.getMessage());
        LOG.log(
                Level.WARNING,
                "the pool of addresses of {0} cannot be changed: {1}",
                config,
                sentence);
        cluster.event(Optional.empty(), reason, sentence);
        if (standing.find().filter(config::equals).isPresent()) {
            cluster.condition(CONDITION, false, reason, sentence);
        }
    }

    synchronized void over(EniConfig config) {
        if (last.remove(config) == null) {
            return;
        }
        LOG.log(Level.INFO, "the pool of addresses of {0} grows again", config);
        if (standing.find().filter(config::equals).isPresent()) {
            cluster.condition(
                    CONDITION, true, "AddressesAvailable", "the pool of addresses can grow");
        }
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
