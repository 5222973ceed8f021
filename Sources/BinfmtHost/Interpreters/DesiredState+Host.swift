// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Glibc
import SystemPackage

extension DesiredState {
    /// What these declarations amount to on this host, whatever the kernel holds.
    ///
    /// - Parameter user: a user besides root who may change an interpreter.
    /// - Throws: the errno of reading this program's own header.
    package init(onThisHost configuration: Configuration, trusting user: uid_t = 0) throws(Errno) {
        var interpreters = InterpreterFiles(trusting: user)
        let found = interpreters.look(at: configuration, generation: 0, PathResolver())
        self.init(configuration, HostFacts(configuration, found.files, try NativeProbe()))
    }
}
