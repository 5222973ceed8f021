// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension DesiredState {
    /// The state that a configuration asks for on this host, regardless of what the kernel holds.
    ///
    /// - Parameter user: a user besides root who may change an interpreter.
    /// - Throws: ENOEXEC if QEMU does not know the format of this program.
    package init(onThisHost configuration: Configuration, trusting user: uid_t = 0) throws(Errno) {
        var interpreters = InterpreterFiles()
        let found = interpreters.look(at: configuration, generation: 0, PathResolver(trusting: user))
        self.init(configuration, HostFacts(configuration, found.files, try NativeProbe()))
    }
}
