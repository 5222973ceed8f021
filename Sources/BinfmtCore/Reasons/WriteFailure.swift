// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A write that the kernel refused.
package struct WriteFailure: Error, Reason {
    package let write: KernelWrite
    package let error: Errno
    /// What the kernel means by it; nil where the errno says it all.
    package let refusal: KernelRefusal?

    package init(_ write: KernelWrite, _ error: Errno, _ refusal: KernelRefusal? = nil) {
        self.write = write
        self.error = error
        self.refusal = refusal
    }

    package var code: ReasonCode { refusal?.code ?? .writeFailed }
}
