// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What was found at an interpreter's path. Reference type; see docs/performance.md.
package final class InterpreterFile: Sendable {
    /// Nil if there is no file, or if it was not looked at because of the hazard.
    package let identity: FileIdentity?
    package let exists: Bool
    /// Why a user other than root could make it, change it or replace it; nil if none could.
    package let hazard: Hazard?
    /// Why the kernel will not execute it, as far as its type and its permission bits tell.
    package let obstacle: KernelRefusal.Obstacle?
    /// The first bytes of the file, and whether it needs a loader; nil where it was not read.
    package let content: Content?
    /// Why it is not known whether it exists.
    package let failure: Errno?

    private init(
        identity: FileIdentity? = nil, exists: Bool, hazard: Hazard? = nil, obstacle: KernelRefusal.Obstacle? = nil,
        content: Content? = nil, failure: Errno? = nil
    ) {
        self.identity = identity
        self.exists = exists
        self.hazard = hazard
        self.obstacle = obstacle
        self.content = content
        self.failure = failure
    }

    /// What was read of an interpreter's file.
    package struct Content: Hashable, Sendable {
        /// The first bytes, as many as the kernel looks at (``MagicPattern/window``); fewer if the file is shorter.
        package let header: [UInt8]
        /// Whether it is an ELF program that needs a loader.
        package let isDynamic: Bool

        /// - Parameter start: the first bytes of the file, up to ``ELFLoader/window``.
        package init(start: [UInt8]) {
            header = Array(start.prefix(MagicPattern.window))
            isDynamic = ELFLoader.isNeeded(start) ?? false
        }
    }

    package static func present(
        _ identity: FileIdentity, hazard: Hazard? = nil, obstacle: KernelRefusal.Obstacle? = nil,
        content: Content? = nil
    ) -> InterpreterFile {
        InterpreterFile(identity: identity, exists: true, hazard: hazard, obstacle: obstacle, content: content)
    }

    package static func missing(_ error: Errno, hazard: Hazard? = nil) -> InterpreterFile {
        InterpreterFile(exists: false, hazard: hazard, failure: error.meansThatNothingIsThere ? nil : error)
    }

    /// One that no entry may use, and that was not looked at further.
    package static func unsafe(_ hazard: Hazard, exists: Bool) -> InterpreterFile {
        InterpreterFile(exists: exists, hazard: hazard)
    }

    /// Whether an entry may use it.
    package func isUsable(evenIfUnsafe allowsUnsafe: Bool) -> Bool {
        identity != nil && (allowsUnsafe || hazard == nil)
    }

    /// Whether another file is at the path than at an earlier look, or others can change it now.
    package func differs(from other: InterpreterFile?) -> Bool {
        identity != other?.identity || hazard != other?.hazard
    }
}

extension InterpreterFile: Hashable {
    package static func == (a: InterpreterFile, b: InterpreterFile) -> Bool {
        a === b
            || (a.identity == b.identity && a.exists == b.exists && a.hazard == b.hazard && a.obstacle == b.obstacle
                && a.content == b.content && a.failure == b.failure)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}
