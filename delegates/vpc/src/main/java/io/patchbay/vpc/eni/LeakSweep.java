package io.patchbay.vpc.eni;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Deletes leaked interfaces every hour, beginning some minutes after the start: nodes that start
/// together do not sweep together.
public final class LeakSweep {
    private static final System.Logger LOG = System.getLogger(LeakSweep.class.getName());
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

    private final Ec2 ec2;
    private final Intents intents;
    private final Identity identity;
    private final String vpc;
    private final InstantSource clock;

    public LeakSweep(Ec2 ec2, Intents intents, Identity identity, String vpc, InstantSource clock) {
        this.ec2 = ec2;
        this.intents = intents;
        this.identity = identity;
        this.vpc = vpc;
        this.clock = clock;
    }

    /// Sweeps until it is interrupted.
    public void keepSweeping(Waiting waiting, RandomGenerator random) {
        try {
            waiting.pause(Duration.ofMillis(random.nextLong(LONGEST_DELAY.toMillis())));
            while (true) {
                try {
                    run();
                } catch (CloudException e) {
                    LOG.log(Level.WARNING, "leaked interfaces are not swept: {0}", e.getMessage());
                }
                waiting.pause(PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Sweeps once.
    ///
    /// @return the interfaces that were deleted
    public List<String> run() {
        List<NetworkInterface> tagged = ec2.tagged(vpc, Identity.OWNER);
        // Read after the listing: what was noted in between is known.
        Leaks leaks = new Leaks(identity, intents.ids(), clock.instant());
        List<String> deleted = new ArrayList<>();
        for (NetworkInterface eni : leaks.of(tagged, ec2.existing(leaks.owners(tagged)))) {
            try {
                ec2.delete(eni.id());
                deleted.add(eni.id());
                LOG.log(Level.INFO, "interface {0} was leaked, and is deleted", eni.id());
            } catch (CloudException e) {
                LOG.log(Level.WARNING, "a leaked interface is left: {0}", e.getMessage());
            }
        }
        return deleted;
    }
}
