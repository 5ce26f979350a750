package io.patchbay.vpc.ec2;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/// Calls of EC2 that end in a bounded time, or with the caller's interrupt. Each is made on a
/// platform thread of this process: its sockets are in the process's own network namespace, which
/// is the host's. The client is made by the first call. Safe from any thread.
final class Calls implements AutoCloseable {
    private final Access access;
    private final Duration limit;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("ec2-", 0).factory());
    private final Object making = new Object();
    private volatile Optional<Made> made = Optional.empty();

    private record Made(Ec2Client client, OpenConnections connections, Credentials credentials) {}

    Calls(Access access) {
        this.access = access;
        // A connection, an answer, and the same again for credentials that are to be renewed.
        this.limit = access.timeout().multipliedBy(3);
    }

    <T> T call(Failures failures, Function<Ec2Client, T> request) {
        Made with = made();
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        var answer =
                threads.submit(() -> {
                    worker.complete(Thread.currentThread());
                    try {
                        return request.apply(with.client);
                    } finally {
                        with.connections.forget(Thread.currentThread());
                    }
                });
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failures.of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failures.late(limit.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(e);
        } finally {
            if (!answer.isDone()) {
                answer.cancel(true);
                Optional.ofNullable(worker.getNow(null)).ifPresent(with.connections::abort);
            }
        }
    }

    private Made made() {
        synchronized (making) {
            Made client = made.orElseGet(this::make);
            made = Optional.of(client);
            return client;
        }
    }

    private Made make() {
        OpenConnections connections =
                new OpenConnections(
                        UrlConnectionHttpClient.builder()
                                .connectionTimeout(access.timeout())
                                .socketTimeout(access.timeout())
                                .build());
        Credentials credentials = new Credentials(access.imds());
        var builder =
                Ec2Client.builder()
                        .region(Region.of(access.region()))
                        .credentialsProvider(credentials)
                        .httpClient(connections)
                        // When to try again is decided where it is known what else is to be done.
                        .overrideConfiguration(
                                settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
        access.endpoint().ifPresent(builder::endpointOverride);
        return new Made(builder.build(), connections, credentials);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        made.ifPresent(with -> {
            with.client.close();
            with.connections.close();
            with.credentials.close();
        });
    }
}
