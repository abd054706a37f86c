// Prints the JSON schemas of a project and of a service that Northflank's command line carries.
const { defaults } = require(`${process.argv[2]}/node_modules/@northflank/cli/dist/defaults.js`);
console.log(JSON.stringify({ project: defaults.create.project.opt.body, service: defaults.create.service.combined.opt.body }));
