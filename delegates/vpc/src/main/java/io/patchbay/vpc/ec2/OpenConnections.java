package io.patchbay.vpc.ec2;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/// An HTTP client that can end a thread's request from another thread: a blocking read of the JDK's
/// heeds no interrupt.
final class OpenConnections implements SdkHttpClient {
    private final SdkHttpClient client;
    private final Map<Thread, ExecutableHttpRequest> requests = new ConcurrentHashMap<>();

    OpenConnections(SdkHttpClient client) {
        this.client = client;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest wanted) {
        ExecutableHttpRequest request = client.prepareRequest(wanted);
        requests.put(Thread.currentThread(), request);
        return request;
    }

    /// Ends what the thread waits for, if it does.
    void abort(Thread thread) {
        Optional.ofNullable(requests.get(thread)).ifPresent(ExecutableHttpRequest::abort);
    }

    void forget(Thread thread) {
        requests.remove(thread);
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
