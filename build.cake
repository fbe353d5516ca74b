#load "build/build.cake"
