package io.patchbay.cloud;

import io.patchbay.cloud.control.Faults;
import io.patchbay.cloud.ec2.Credential;
import io.patchbay.cloud.ec2.Ec2Access;
import io.patchbay.cloud.ec2.Ec2Service;
import io.patchbay.cloud.ec2.Keys;
import io.patchbay.cloud.ec2.World;
import io.patchbay.cloud.imds.Credentials;
import io.patchbay.cloud.imds.MetadataService;
import io.patchbay.cloud.vpc.Choice;
import io.patchbay.cloud.vpc.Instance;
import io.patchbay.cloud.vpc.Ledger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the faces of a cloud share: its VPC, EC2 before it listens anywhere, faults, and who may
/// call.
public final class Cloud implements AutoCloseable {
    private static final Duration SESSION = Duration.ofHours(6);

    private final Layout layout;
    private final InstantSource clock = InstantSource.system();
    private final Choice choice;
    private final Ledger ledger;
    private final Faults faults = new Faults(clock);
    private final Keys keys = new Keys(clock);
    private final Credential user = keys.user();
    private final Map<String, Credential> sessions = new ConcurrentHashMap<>();
    private final Ec2Service service;

    public Cloud(Layout layout) {
        this.layout = layout;
        this.choice = layout.choice();
        this.ledger = new Ledger(clock, layout.vpc());
        this.service =
                new Ec2Service(new World(ledger, choice, clock, faults, keys, layout.region()));
    }

    public InstantSource clock() {
        return clock;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Faults faults() {
        return faults;
    }

    public Ec2Service service() {
        return service;
    }

    Choice choice() {
        return choice;
    }

    /// Runs an instance that has one interface.
    public Instance run(String name, String type, String subnet, int secondaries) {
        return new Operator(this).run(name, type, subnet, secondaries);
    }

    /// How EC2 is reached where it listens.
    public Ec2Access access(URI endpoint, URI fromNodes) {
        return new Ec2Access(endpoint, fromNodes, layout.region(), user);
    }

    /// Gives metadata the credentials of each instance, and its lag.
    public void show(MetadataService metadata) {
        metadata.credentials(instance -> Optional.of(role(instance.id())));
        faults.follow(weather -> metadata.lag(weather.imdsLag()));
    }

    private Credentials role(String instance) {
        Credential session = sessions.computeIfAbsent(instance, _ -> keys.session(SESSION));
        Instant end = session.expiration().orElseThrow();
        return new Credentials(
                "node",
                session.accessKeyId(),
                session.secretAccessKey(),
                session.token().orElseThrow(),
                end.minus(SESSION),
                end);
    }

    @Override
    public void close() {
        service.close();
    }
}
