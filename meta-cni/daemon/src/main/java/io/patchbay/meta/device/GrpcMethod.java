package io.patchbay.meta.device;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.lite.ProtoLiteUtils;

/// A call of a gRPC service by its messages: no stubs are generated.
public final class GrpcMethod {
    private GrpcMethod() {}

    /// @param name such as `v1.PodResourcesLister/Get`
    public static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> of(
            MethodType type, String name, Q question, A answer) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(type)
                .setFullMethodName(name)
                .setRequestMarshaller(ProtoLiteUtils.marshaller(question))
                .setResponseMarshaller(ProtoLiteUtils.marshaller(answer))
                .build();
    }
}
