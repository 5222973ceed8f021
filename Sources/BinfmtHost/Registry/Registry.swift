// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// The only access to the kernel's table of entries.
package protocol Registry {
    /// Reads the whole table.
    ///
    /// - Throws: the reason why it cannot be read. A failed observation is never an empty table.
    func observe() throws(RegistryUnavailable) -> ObservedState

    /// Makes writes in order, until the kernel refuses one.
    ///
    /// - Returns: the number of writes made, and the errno of the next one if it was refused.
    func perform(_ writes: [KernelWrite]) -> (done: Int, error: Errno?)

    /// The features of register strings that the kernel supports. Only programs that watch `register` notice that it is asked.
    var features: KernelFeatures { get }
}

extension Registry {
    package var features: KernelFeatures { KernelFeatures(version: RunningKernel.version) }

    /// Makes one write.
    ///
    /// - Throws: the kernel's errno.
    package func perform(_ write: KernelWrite) throws(Errno) {
        if let error = perform([write]).error { throw error }
    }
}
