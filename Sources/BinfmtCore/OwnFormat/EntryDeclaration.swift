// SPDX-License-Identifier: Apache-2.0
import SystemPackage
import TOML

/// What one file says of one entry, before other files and `[qemu]` are known.
package struct EntryDeclaration: Sendable {
    package let name: EntryName
    package let location: SourceLocation
    /// False: it is not to be registered, and whatever a lower layer declares under the name is hidden.
    package var isEnabled = true
    package var recognition: DeclaredRecognition?
    /// The candidates, best first; nil for the preset's.
    package var interpreters: [FilePath]?
    package var flags = FlagSettings()
    package var priority: Int?
    package var allowsNative = false
    package var allowsUnsafeInterpreter = false

    package enum DeclaredRecognition: Sendable {
        case explicit(Recognition)
        case preset(Preset)
    }

    /// What `priority` may be.
    static let priorities = -1000...1000
}
