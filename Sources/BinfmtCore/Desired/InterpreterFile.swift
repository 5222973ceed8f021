// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What was found at an interpreter's path.
package struct InterpreterFile: Hashable, Sendable {
    /// Nil if there is no file, or if it was not looked at because of the hazard.
    package private(set) var identity: FileIdentity?
    package private(set) var exists: Bool
    /// Why a user other than root could make it, change it or replace it; nil if none could.
    package private(set) var hazard: Hazard?
    /// Why the kernel will not execute it, as far as its type and its permission bits tell.
    package var obstacle: KernelRefusal.Obstacle?
    /// The first bytes of the file, and whether it needs a loader; nil where it was not read.
    package var content: Content?
    /// Why it is not known whether it exists.
    package private(set) var failure: Errno?

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
