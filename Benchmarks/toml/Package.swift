// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, so that binfmtd has no dependency on what it is compared with.
let package = Package(
    name: "toml-comparison",
    dependencies: [
        .package(name: "binfmtd", path: "../.."),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: [
        .executableTarget(name: "toml-located", dependencies: [.product(name: "LocatedTOML", package: "binfmtd")]),
        .executableTarget(name: "toml-tomlkit", dependencies: [.product(name: "TOMLKit", package: "TOMLKit")]),
    ]
)
