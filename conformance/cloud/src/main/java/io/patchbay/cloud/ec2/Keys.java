package io.patchbay.cloud.ec2;

import io.patchbay.cloud.ec2.Signature.Signed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Who may call: the sessions that were opened. Safe from any thread.
public final class Keys {
    private final InstantSource clock;
    private final Map<String, Credential> known = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    public Keys(InstantSource clock) {
        this.clock = clock;
    }

    /// Opens a session that lasts so long.
    public Credential session(Duration length) {
        long id = number.incrementAndGet();
        return add(
                new Credential(
                        "ASIA%016d".formatted(id),
                        "secret/of+session%d".formatted(id),
                        Optional.of("token//of+session==%d".formatted(id)),
                        Optional.of(clock.instant().plus(length))));
    }

    /// Makes a key that does not expire.
    public Credential user() {
        long id = number.incrementAndGet();
        return add(
                new Credential(
                        "AKIA%016d".formatted(id),
                        "secret/of+user%d".formatted(id),
                        Optional.empty(),
                        Optional.empty()));
    }

    private Credential add(Credential credential) {
        known.put(credential.accessKeyId(), credential);
        return credential;
    }

    /// @param expired whether every session is over
    void verify(Signed request, String region, boolean expired) {
        Signature signature = Signature.of(request);
        Credential credential = known.get(signature.key());
        if (credential == null) {
            throw Signature.refused();
        }
        Instant now = clock.instant();
        if (expired && credential.token().isPresent()) {
            throw Signature.expired();
        }
        signature.verify(request, credential, region, now);
    }
}
