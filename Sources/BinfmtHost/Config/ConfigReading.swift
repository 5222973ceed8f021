// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

/// What a look at the configuration directories found.
package struct ConfigReading {
    package let configuration: Configuration
    package let tree: ConfigTree
    /// The kinds of files that the configuration asks for.
    let kinds: [ConfigTree.Kind]
    /// The files that count.
    let filesRead: [FilePath]
    /// Every path whose change can change the configuration, whether it exists or not.
    let paths: [ResolvedPath]
    /// Equal as long as the same is declared.
    let generation: Int

    /// The files of the directories that the configuration asks for, a file that counts behind those that it hides.
    package var files: [ConfigTree.File] { tree.files(of: kinds) }

    /// Where a change can change the configuration.
    package var dependencies: PathDependencies {
        var dependencies = PathDependencies()
        for path in paths { dependencies.insert(path) }
        return dependencies
    }
}
