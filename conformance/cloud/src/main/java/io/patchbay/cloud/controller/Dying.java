package io.patchbay.cloud.controller;

import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/// EC2 at one of whose calls its caller, a controller within the caller's process, dies as by a
/// kill: before it was made, or after it was carried out and before the answer could be kept.
public final class Dying {
    private final int call;
    private final boolean carriedOut;
    private final CountDownLatch over = new CountDownLatch(1);
    private int calls;

    /// What a kill is to a test.
    public static final class Death extends Error {
        @Serial private static final long serialVersionUID = 1L;

        Death(String call) {
            super(call);
        }
    }

    /// @param call the first is 1
    public Dying(int call, boolean carriedOut) {
        this.call = call;
        this.carriedOut = carriedOut;
    }

    public Ec2 at(Ec2 ec2) {
        return (Ec2)
                Proxy.newProxyInstance(
                        Ec2.class.getClassLoader(),
                        new Class<?>[] {Ec2.class},
                        (_, method, arguments) -> {
                            boolean last = ++calls == call;
                            Death death = new Death(method.getName() + Arrays.toString(arguments));
                            if (last) {
                                over.countDown();
                            }
                            if (last && !carriedOut) {
                                throw death;
                            }
                            try {
                                Object answer = method.invoke(ec2, arguments);
                                if (last) {
                                    throw death;
                                }
                                return answer;
                            } catch (InvocationTargetException e) {
                                throw last ? death : e.getTargetException();
                            }
                        });
    }

    /// Waits for the call at which it dies.
    public void await() throws InterruptedException {
        over.await();
    }
}
